using InMemory;
using LangSmith;
using LangSmith.Redaction;
using LangSmith.Testing;

// What a test of traced code does, without a test framework: nothing is sent, ids and times repeat.
using var capture = RunCapture.Start(options => options.Redactions.Add(RedactionRule.Pattern(@"[\w.]+@[\w.]+")));

var id = Uuid7.NewGuid();
Shop.Answer("Where is my parcel? me@example.com", new RunOptions { RunId = id });

Console.Write(capture.ToTree(payloads: true));
Console.WriteLine(capture.Single("answer").Id == id ? "The id was kept." : "The id was lost.");
capture.AssertNothingLeaked("me@example.com");
