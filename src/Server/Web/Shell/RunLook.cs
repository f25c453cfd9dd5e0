using LangSmith.Protocol;
using LangSmith.Server.Domain;

namespace LangSmith.Server.Web.Shell;

/// <summary>Which icon, colour and word stand for a kind of run and its status.</summary>
internal static class RunLook
{
    /// <summary>A known type, chain for any other: it becomes an attribute that styles depend on.</summary>
    public static string Type(string type) => RunTypes.All.Contains(type) ? type : RunTypes.Chain;

    public static string Status(RunStatus status) => status switch
    {
        RunStatus.Success => "success",
        RunStatus.Error => "error",
        _ => "pending",
    };

    public static string StatusName(RunStatus status) => status switch
    {
        RunStatus.Success => "Success",
        RunStatus.Error => "Error",
        _ => "Running",
    };

    public static string StatusIcon(RunStatus status) => status switch
    {
        RunStatus.Success => "circle-check",
        RunStatus.Error => "circle-x",
        _ => "loader-circle",
    };
}
