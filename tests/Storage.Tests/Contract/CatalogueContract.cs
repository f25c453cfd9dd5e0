using LangSmith.Server.Domain;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Projects.</summary>
public abstract class CatalogueContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private ICatalogue Catalogue => Engine.Catalogue;

    [Fact]
    public async Task CreateProjectAsync_NewProject_IsReadBackWhole()
    {
        var project = New(1, "mine") with
        {
            EndTime = Given.Start.AddDays(1),
            Description = "text",
            Extra = Given.Json("""{"metadata":{"a":1}}"""),
            ReferenceDatasetId = Given.Id(5),
            DefaultDatasetId = Given.Id(6),
            TraceTier = "longlived",
        };
        var (_, created) = await Catalogue.CreateProjectAsync(project, Cancellation);
        await Engine.ReopenAsync();

        var read = await Catalogue.FindProjectAsync(Given.Workspace, project.Id, Cancellation);

        Assert.True(created);
        Assert.Equal(project with { Extra = default }, read! with { Extra = default });
        Assert.Equal(Given.Text(project.Extra), Given.Text(read.Extra));
    }

    [Fact]
    public async Task CreateProjectAsync_TakenName_ReturnsTheOneThatHasIt()
    {
        await Catalogue.CreateProjectAsync(New(1, "mine"), Cancellation);

        var (taken, created) = await Catalogue.CreateProjectAsync(New(2, "mine"), Cancellation);

        Assert.Equal((Given.Id(1), false), (taken.Id, created));
        Assert.True((await Catalogue.CreateProjectAsync(New(2, "mine") with { Workspace = Given.Other }, Cancellation)).Created);
    }

    [Fact]
    public async Task UpdateProjectAsync_NewName_MovesTheNameOfRunsToCome()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { ProjectName = "old" }));
        var old = await Catalogue.FindProjectAsync(Given.Workspace, "old", Cancellation);
        await Catalogue.UpdateProjectAsync(old! with { Name = "new" }, Cancellation);
        await Runs.WriteAsync(
            Given.Post(Given.Id(2)).With(write => write with { ProjectName = "old" }),
            Given.Post(Given.Id(3)).With(write => write with { ProjectName = "new" }));

        Assert.NotEqual(old!.Id, (await Runs.FindAsync(Given.Id(2)))!.ProjectId);
        Assert.Equal(old.Id, (await Runs.FindAsync(Given.Id(3)))!.ProjectId);
    }

    [Fact]
    public async Task UpdateProjectAsync_TakenName_Throws()
    {
        await Catalogue.CreateProjectAsync(New(1, "one"), Cancellation);
        await Catalogue.CreateProjectAsync(New(2, "two"), Cancellation);

        await Assert.ThrowsAsync<ProjectNameTakenException>(() => Catalogue.UpdateProjectAsync(New(2, "one"), Cancellation));
        Assert.Null(await Catalogue.UpdateProjectAsync(New(3, "three"), Cancellation));
    }

    [Fact]
    public async Task ListProjectsAsync_Conditions_AreAllMet()
    {
        await Catalogue.CreateProjectAsync(New(1, "Alpha"), Cancellation);
        await Catalogue.CreateProjectAsync(New(2, "beta") with { ReferenceDatasetId = Given.Id(5), StartTime = Given.Start.AddDays(1) }, Cancellation);

        await AssertListedAsync(query => query, 2, 1);
        await AssertListedAsync(query => query with { NameContains = "alp" }, 1);
        await AssertListedAsync(query => query with { Name = "alpha" });
        await AssertListedAsync(query => query with { ReferenceFree = true }, 1);
        await AssertListedAsync(query => query with { ReferenceDatasetIds = [Given.Id(5)] }, 2);
        await AssertListedAsync(query => query with { Ids = [Given.Id(1)] }, 1);
        await AssertListedAsync(query => query with { Offset = 1 }, 1);
        await AssertListedAsync(query => query with { Workspace = Given.Other });
    }

    [Fact]
    public async Task DeleteProjectAsync_ProjectWithRuns_HidesThemAndFreesTheName()
    {
        await Runs.WriteAsync(Given.Post(Given.Id(1)).With(write => write with { ProjectName = "mine" }));
        var project = await Catalogue.FindProjectAsync(Given.Workspace, "mine", Cancellation);

        Assert.False(await Catalogue.DeleteProjectAsync(Given.Other, project!.Id, Cancellation));
        Assert.True(await Catalogue.DeleteProjectAsync(Given.Workspace, project.Id, Cancellation));

        Assert.Null(await Runs.FindAsync(Given.Id(1)));
        Assert.Empty((await Runs.QueryAsync(new RunQuery { Workspace = Given.Workspace }, Cancellation)).Runs);
        Assert.Null(await Catalogue.FindProjectAsync(Given.Workspace, "mine", Cancellation));
        await Runs.WriteAsync(Given.Post(Given.Id(2)).With(write => write with { ProjectName = "mine" }));
        Assert.NotEqual(project.Id, (await Runs.FindAsync(Given.Id(2)))!.ProjectId);
    }

    private async Task AssertListedAsync(Func<ProjectQuery, ProjectQuery> conditions, params int[] expected) =>
        Assert.Equal(
            expected.Select(Given.Id),
            (await Catalogue.ListProjectsAsync(conditions(new ProjectQuery { Workspace = Given.Workspace }), Cancellation)).Select(one => one.Id));

    private static Project New(int id, string name) =>
        new() { Id = Given.Id(id), Workspace = Given.Workspace, Name = name, StartTime = Given.Start };
}
