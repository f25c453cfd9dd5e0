using LangSmith.Server.Domain.Digest;
using LangSmith.Server.Domain.Tests.Folding;

namespace LangSmith.Server.Domain.Tests.Digest;

public sealed class PayloadDigestTests
{
    [Theory]
    [InlineData("""{"question":"why?"}""", "why?")]
    [InlineData("""{"messages":[{"role":"system","content":"be kind"},{"role":"user","content":"hello"},{"role":"assistant","content":"hi"}]}""", "hello")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}},{"type":"text","text":"what is it?"}]}]}""", "what is it?")]
    [InlineData("""{"messages":[[{"lc":1,"type":"constructor","id":["langchain","schema","messages","HumanMessage"],"kwargs":{"content":"nested"}}]]}""", "nested")]
    [InlineData("""{"n":  1}""", """{"n": 1}""")]
    [InlineData("""{"text":"two\n\n  lines"}""", "two lines")]
    [InlineData("{}", "")]
    [InlineData("null", "")]
    public void InputsPreview_KnownShapes_IsWhatAPersonLooksFor(string inputs, string preview) =>
        Assert.Equal(preview, Of(inputs: inputs).InputsPreview);

    [Theory]
    [InlineData("""{"output":"42"}""", "42")]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"hi there"}}],"model":"m","id":"x"}""", "hi there")]
    public void OutputsPreview_KnownShapes_IsTheAnswer(string outputs, string preview) =>
        Assert.Equal(preview, Of(outputs: outputs).OutputsPreview);

    [Fact]
    public void InputsPreview_LongText_IsCutBetweenCharacters()
    {
        var preview = Of(inputs: $$"""{"text":"{{new string('a', DigestLimits.PreviewLengthMax - 1)}}😀"}""").InputsPreview!;

        Assert.Equal(new string('a', DigestLimits.PreviewLengthMax - 1), preview);
    }

    [Theory]
    [InlineData("""{"usage_metadata":{"input_tokens":1,"output_tokens":2}}""")]
    [InlineData("""{"message":{"usage_metadata":{"input_tokens":1,"output_tokens":2}}}""")]
    [InlineData("""{"generations":[[{"message":{"kwargs":{"usage_metadata":{"input_tokens":1,"output_tokens":2}}}}]]}""")]
    [InlineData("""{"llm_output":{"token_usage":{"prompt_tokens":1,"completion_tokens":2}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1.0,"completion_tokens":2}}""")]
    public void OutputsUsage_KnownPlaces_IsFound(string outputs)
    {
        var usage = Of(outputs: outputs).OutputsUsage!;

        Assert.Equal((1, 2), (usage.InputTokens!.Value, usage.OutputTokens!.Value));
    }

    [Fact]
    public void Metadata_ManyAndLongValues_AreBounded()
    {
        var many = string.Join(',', Enumerable.Range(0, 150).Select(key => $"\"k{key}\":{key}"));
        var digest = Of(extra: $$$"""{"metadata":{"long":"{{{new string('x', 251)}}}","nested":{"a":[1]},"none":null,{{{many}}}}}""");

        Assert.Equal(DigestLimits.MetadataKeysMax, digest.Metadata.Count);
        Assert.Equal(new string('x', 250), digest.Metadata["long"]);
        Assert.Equal("""{"a":[1]}""", digest.Metadata["nested"]);
        Assert.DoesNotContain("none", digest.Metadata.Keys);
        Assert.Equal("7", digest.Metadata["k7"]);
    }

    [Fact]
    public void Of_DeeperThanItReads_IsGivenButSaysNothing()
    {
        var digest = Of(inputs: new string('[', 500) + new string(']', 500));

        Assert.Equal(RunPayload.Inputs, digest.Given);
        Assert.Null(digest.InputsPreview);
    }

    private static PayloadDigest Of(string inputs = "", string outputs = "", string extra = "") =>
        PayloadDigest.Of(Journal.Post() with { Inputs = Journal.Json(inputs), Outputs = Journal.Json(outputs), Extra = Journal.Json(extra) });
}
