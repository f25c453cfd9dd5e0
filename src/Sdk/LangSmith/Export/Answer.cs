namespace LangSmith.Export;

/// <summary>What became of one request, retries included.</summary>
/// <param name="Verdict">What to do now; never <see cref="VerdictKind.Retry"/> unless it was given up.</param>
/// <param name="Status">The last HTTP status; 0 when there was no answer.</param>
/// <param name="MayHaveArrived">True when an earlier attempt had no clear answer, so that the server may have the body already.</param>
internal readonly record struct Answer(Verdict Verdict, int Status, bool MayHaveArrived);
