using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LangSmith.Server.Domain;
using LangSmith.Server.Web.Projects;
using LangSmith.Server.Web.Runs.Export;
using LangSmith.Server.Web.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LangSmith.Server.Web.Runs;

/// <summary>Tables of runs: the page, further rows, new rows, files.</summary>
internal static class RunsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/p", (HttpContext context, RunsReading reading) => ShowAsync(context, null, reading));
        app.MapGet("/p/{project}", (HttpContext context, string project, RunsReading reading) => ShowAsync(context, Links.Decode(project), reading));
        app.MapGet("/ui/rows", RowsAsync);
        app.MapGet("/ui/rows/overview", async (HttpContext context, string? project, RunsReading reading) =>
        {
            var (found, address) = await AddressAsync(context, project, reading);
            return context.Page<RunsOverview>(await reading.OverviewAsync(context.Workspace(), found, address, context.RequestAborted));
        });
        app.MapGet("/ui/export", ExportAsync);
        app.MapGet("/ui/rows/live", LiveAsync);
        app.MapGet("/ui/suggest", async (HttpContext context, string? project, string? word, RunsReading reading, Suggestions suggestions) =>
        {
            var (found, _) = await AddressAsync(context, project, reading);
            return Results.Json(await suggestions.ForAsync(context.Workspace(), found?.Id, word ?? "", context.RequestAborted));
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext context, string? project, RunsReading reading)
    {
        var address = RunsAddress.Read(project, context.Request.Query);
        return await reading.ReadAsync(context.Workspace(), address, context.Origin(), context.RequestAborted) is { } model
            ? context.Page<RunsPage>(model with { Peek = LangSmith.RunId.TryParse(context.Request.Query["peek"], out var peek) ? peek : null })
            : context.Page<MissingPage>($"There is no project named {Quoted.Of(project)}.", StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> RowsAsync(HttpContext context, string? project, string? after, RunsReading reading)
    {
        var (found, address) = await AddressAsync(context, project, reading);
        return context.Page<RunRows>(await reading.RowsAsync(context.Workspace(), found, address, RunsReading.ReadPosition(after), context.RequestAborted));
    }

    private static async Task<IResult> ExportAsync(HttpContext context, string? project, string? format, RunsReading reading)
    {
        var (found, address) = await AddressAsync(context, project, reading);
        return RunExport.Send(context, format, reading.AllAsync(context.Workspace(), found, address, context.RequestAborted));
    }

    private static async Task<IResult> LiveAsync(
        HttpContext context, string? project, RunsReading reading, IServiceProvider services, ILoggerFactory loggers, TimeProvider time)
    {
        var (found, address) = await AddressAsync(context, project, reading);
        return LiveStream.Answer(context, WatchAsync(context.Workspace(), found, address, reading, services, loggers, time, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<string>> WatchAsync(
        WorkspaceId workspace, Project? project, RunsAddress address, RunsReading reading, IServiceProvider services, ILoggerFactory loggers, TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Runs that were under way a moment ago change: they are sent again until they end.
        var since = time.GetUtcNow() - TimeSpan.FromMinutes(2);
        var sent = "";
        await using var renderer = new HtmlRenderer(services, loggers);
        while (!cancellationToken.IsCancellationRequested)
        {
            var rows = await reading.NewAsync(workspace, project, address, since, cancellationToken);
            var version = string.Join(
                ',', rows.Runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.Record.Id:N}{run.Record.LastReceivedAt.UtcTicks}")));
            if (version != sent)
            {
                sent = version;
                var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Model"] = rows });
                var html = await renderer.Dispatcher.InvokeAsync(async () =>
                    (await renderer.RenderComponentAsync<RunRows>(parameters)).ToHtmlString());
                yield return LiveStream.Item("rows", html);
            }

            // The store tells nobody of commits; once a second is as often as a reader can follow rows that move.
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    private static async Task<(Project? Project, RunsAddress Address)> AddressAsync(HttpContext context, string? project, RunsReading reading)
    {
        var found = string.IsNullOrEmpty(project) ? null : await reading.FindProjectAsync(context.Workspace(), project, context.RequestAborted)
            ?? throw new BadHttpRequestException("There is no such project.", StatusCodes.Status404NotFound);
        return (found, RunsAddress.Read(found?.Name, context.Request.Query));
    }
}
