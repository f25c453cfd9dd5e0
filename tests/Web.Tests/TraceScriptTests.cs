using Jint;
using LangSmith.Server.Web.Assets;

namespace Web.Tests;

/// <summary>The trace's model as it runs in the browser: folding, searching, packing the flame.</summary>
public sealed class TraceScriptTests : IDisposable
{
    // root, a child with two of its own, and a second child that overlaps the first in time.
    private const string Columns = """
        ({ version: '1', start: 0, now: 0, cut: false, live: false, id: ['r', 'a', 'a1', 'a2', 'b'], depth: [0, 1, 2, 2, 1], type: [0, 0, 1, 2, 2],
           status: [1, 1, 1, 2, 1], name: [0, 1, 2, 3, 1], model: [-1, -1, 0, -1, -1], from: [0, 0, 0, 5, 2], for: [10, 8, 4, 3, 8],
           tokens: [0, 0, 7, 0, 0], orphan: [0, 0, 0, 0, 0], names: ['root', 'step', 'call', 'tool'], models: ['gpt'] })
        """;

    private readonly Engine _engine = new();

    public TraceScriptTests()
    {
        foreach (var file in (string[])["model", "flame", "time"])
        {
            _engine.Modules.Add($"./{file}.js", System.Text.Encoding.UTF8.GetString(AssetBundle.Find($"js/trace/{file}.js")!));
        }

        _engine.Modules.Add("main", $$"""
            import { TraceModel } from './model.js';
            import { pack } from './flame.js';
            import { ticks, duration } from './time.js';
            export const model = new TraceModel({{Columns}});
            export const run = code => new Function('model', 'pack', 'ticks', 'duration', 'return String(' + code + ')')(model, pack, ticks, duration);
            """);
    }

    [Theory]
    [InlineData("[...model.visible]", "0,1,2,3,4")]
    [InlineData("[...model.end]", "5,4,3,4,5")]
    [InlineData("(model.fold(1, true), [...model.visible])", "0,1,4")]
    [InlineData("(model.foldFrom(1), [...model.visible])", "0,1,4")]
    [InlineData("(model.foldFrom(0), model.reveal(3), [...model.visible])", "0,1,2,3,4")]
    [InlineData("model.find('GPT')", "1")]
    [InlineData("(model.find('nothing', ['b', 'unknown']), [...model.hits])", "4")]
    [InlineData("(model.foldFrom(0), model.find('tool'), [...model.visible])", "0,1,2,3,4")]
    [InlineData("model.next(0, 1, i => model.c.status[i] === 2)", "3")]
    [InlineData("model.next(3, -1, i => i === 4)", "4")]
    [InlineData("model.parent(3)", "1")]
    [InlineData("[...pack(model).lines]", "0,1,2,2,3")]
    [InlineData("pack(model).height", "4")]
    [InlineData("ticks(0, 10, 5)", "0,2,4,6,8,10")]
    [InlineData("duration(1500)", "1.50 s")]
    public void Model_OfASmallTrace_Answers(string code, string expected) =>
        Assert.Equal(expected, _engine.Invoke(_engine.Modules.Import("main").Get("run"), code).AsString());

    public void Dispose() => _engine.Dispose();
}
