namespace LangSmith.Server.Query.Evaluation;

/// <summary>The words in which a search looks: of the name, the error, the tags, the metadata, the inputs and the outputs, in this order.</summary>
internal static class RunWords
{
    public static string Of(RunSubject run) => string.Concat(
    [
        SearchText.Of(run.Run.Name),
        SearchText.Of(run.Run.Error),
        .. run.Run.Tags.Select(SearchText.Of),
        .. run.Metadata.SelectMany(entry => new[] { SearchText.Of(entry.Key), SearchText.Of(entry.Value) }),
        SearchText.OfJson(run.Run.Inputs.Span),
        SearchText.OfJson(run.Run.Outputs.Span),
    ]);
}
