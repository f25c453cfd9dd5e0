namespace LangSmith.Tracing;

/// <summary>Whose a run is, where it goes and what it hands down. Immutable and shared: most runs have their parent's, or the tracer's.</summary>
internal sealed class RunSurroundings(LangSmithTracer tracer, string projectName, Inheritance? inheritance)
{
    public LangSmithTracer Tracer => tracer;

    public string ProjectName => projectName;

    public Inheritance? Inheritance => inheritance;

    /// <summary>These when they are the ones asked for, else others.</summary>
    public RunSurroundings For(LangSmithTracer otherTracer, string otherProjectName, Inheritance? otherInheritance) =>
        ReferenceEquals(tracer, otherTracer) && ReferenceEquals(inheritance, otherInheritance) && projectName == otherProjectName
            ? this
            : new RunSurroundings(otherTracer, otherProjectName, otherInheritance);
}
