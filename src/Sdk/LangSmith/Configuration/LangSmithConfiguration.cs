using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace LangSmith;

/// <summary>Reads options from <c>IConfiguration</c>.</summary>
public static class LangSmithConfiguration
{
    /// <summary>The section that applications use.</summary>
    public const string SectionName = "LangSmith";

    /// <summary>Reads the section; what it does not say stays as it is.</summary>
    /// <param name="options">The options to fill.</param>
    /// <param name="section">The section <c>LangSmith</c>, with keys named like the properties of <see cref="LangSmithOptions"/>.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentException">A value cannot be read; the message names its key.</exception>
    public static LangSmithOptions Read(this LangSmithOptions options, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(section);
        options.TracingEnabled = Flag(section, nameof(options.TracingEnabled)) ?? options.TracingEnabled;
        options.Endpoint = Address(section, nameof(options.Endpoint)) ?? options.Endpoint;
        options.ApiKey = section[nameof(options.ApiKey)] ?? options.ApiKey;
        options.WorkspaceId = section[nameof(options.WorkspaceId)] ?? options.WorkspaceId;
        options.ProjectName = section[nameof(options.ProjectName)] ?? options.ProjectName;
        options.SamplingRate = Parsed<double>(section, nameof(options.SamplingRate)) ?? options.SamplingRate;
        options.HideInputs = Flag(section, nameof(options.HideInputs)) ?? options.HideInputs;
        options.HideOutputs = Flag(section, nameof(options.HideOutputs)) ?? options.HideOutputs;
        options.HideMetadata = Flag(section, nameof(options.HideMetadata)) ?? options.HideMetadata;
        options.Strict = Flag(section, nameof(options.Strict)) ?? options.Strict;
        options.AllowFileAttachments = Flag(section, nameof(options.AllowFileAttachments)) ?? options.AllowFileAttachments;
        options.RunIdPolicy = Enumerated<RunIdPolicy>(section, nameof(options.RunIdPolicy)) ?? options.RunIdPolicy;
        ReadRunsEndpoints(options, section.GetSection(nameof(options.RunsEndpoints)));
        ReadExport(options.Export, section.GetSection(nameof(options.Export)));
        return options;
    }

    private static void ReadExport(Export.ExportOptions export, IConfigurationSection section)
    {
        export.QueueBytesMax = Parsed<long>(section, nameof(export.QueueBytesMax)) ?? export.QueueBytesMax;
        export.QueueCountMax = Parsed<int>(section, nameof(export.QueueCountMax)) ?? export.QueueCountMax;
        export.BatchBytesMax = Parsed<int>(section, nameof(export.BatchBytesMax)) ?? export.BatchBytesMax;
        export.BatchCountMax = Parsed<int>(section, nameof(export.BatchCountMax)) ?? export.BatchCountMax;
        export.BatchAgeMax = Parsed<TimeSpan>(section, nameof(export.BatchAgeMax)) ?? export.BatchAgeMax;
        export.SenderCount = Parsed<int>(section, nameof(export.SenderCount)) ?? export.SenderCount;
        export.RequestTimeout = Parsed<TimeSpan>(section, nameof(export.RequestTimeout)) ?? export.RequestTimeout;
        export.RetryFor = Parsed<TimeSpan>(section, nameof(export.RetryFor)) ?? export.RetryFor;
        export.RetryDelay = Parsed<TimeSpan>(section, nameof(export.RetryDelay)) ?? export.RetryDelay;
        export.ShutdownTimeout = Parsed<TimeSpan>(section, nameof(export.ShutdownTimeout)) ?? export.ShutdownTimeout;
        export.Compress = Flag(section, nameof(export.Compress)) ?? export.Compress;
        export.SpillDirectory = section[nameof(export.SpillDirectory)] ?? export.SpillDirectory;
        export.SpillBytesMax = Parsed<long>(section, nameof(export.SpillBytesMax)) ?? export.SpillBytesMax;
    }

    private static void ReadRunsEndpoints(LangSmithOptions options, IConfigurationSection section)
    {
        var listed = section.GetChildren().Select(item => new RunsEndpoint(
            Address(item, nameof(RunsEndpoint.Endpoint)) ?? throw Unreadable($"{item.Path}:{nameof(RunsEndpoint.Endpoint)}", "missing", "an address"),
            item[nameof(RunsEndpoint.ApiKey)],
            item[nameof(RunsEndpoint.ProjectName)])).ToArray();
        options.RunsEndpoints = listed.Length > 0 ? listed : options.RunsEndpoints;
    }

    private static Uri? Address(IConfiguration section, string key)
    {
        try
        {
            return section[key] is { Length: > 0 } text ? Client.LangSmithConnection.ParseEndpoint(text) : null;
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"The configuration key {SectionName}:{key}: {exception.Message}", key, exception);
        }
    }

    private static bool? Flag(IConfiguration section, string key) => section[key] is not { Length: > 0 } text ? null
        : bool.TryParse(text, out var flag) ? flag
        : throw Unreadable(key, text, "true or false");

    private static T? Parsed<T>(IConfiguration section, string key)
        where T : struct, IParsable<T> => section[key] is not { Length: > 0 } text ? null
        : T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value
        : throw Unreadable(key, text, typeof(T) == typeof(TimeSpan) ? "a time such as 00:00:05" : "a number");

    private static T? Enumerated<T>(IConfiguration section, string key)
        where T : struct, Enum => section[key] is not { Length: > 0 } text ? null
        : Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value
        : throw Unreadable(key, text, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    private static ArgumentException Unreadable(string key, string text, string wanted) =>
        new($"The configuration key {SectionName}:{key} is '{text}'; it must be {wanted}.", key);
}
