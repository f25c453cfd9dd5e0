using LangSmith.Server.Storage.Documents;
using LangSmith.Server.Storage.Tests.Support;

namespace LangSmith.Server.Storage.Tests.Contract;

/// <summary>Documents: the small things.</summary>
public abstract class DocumentContract<TEngine> : StoreContract<TEngine>
    where TEngine : Engine, new()
{
    private const string Kind = "queue";

    private IDocumentStore Documents => Engine.Documents;

    [Fact]
    public async Task CreateAsync_NewDocument_IsKept()
    {
        await Documents.CreateAsync(New(1, "one"), Cancellation);
        await Engine.ReopenAsync();

        var byId = await Documents.FindAsync(Given.Workspace, Kind, Given.Id(1), Cancellation);
        var byName = await Documents.FindAsync(Given.Workspace, Kind, parentId: null, "one", Cancellation);

        Assert.Equal(("""{"a":1}""", 1L), (Given.Text(byId!.Json), byId.Version));
        Assert.Equal(Given.Id(1), byName!.Id);
        Assert.Null(await Documents.FindAsync(Given.Other, Kind, Given.Id(1), Cancellation));
        Assert.Null(await Documents.FindAsync(Given.Workspace, "other", Given.Id(1), Cancellation));
    }

    [Fact]
    public async Task CreateAsync_TakenNameOrId_ReturnsTheOneThatHasIt()
    {
        await Documents.CreateAsync(New(1, "one"), Cancellation);

        Assert.Equal(Given.Id(1), (await Documents.CreateAsync(New(2, "one"), Cancellation)).Document.Id);
        Assert.Equal("one", (await Documents.CreateAsync(New(1, "two"), Cancellation)).Document.Name);
        Assert.True((await Documents.CreateAsync(New(2, "one") with { ParentId = Given.Id(9) }, Cancellation)).Created);
    }

    [Fact]
    public async Task UpdateAsync_ChangedSinceRead_IsRefused()
    {
        var (read, _) = await Documents.CreateAsync(New(1, "one"), Cancellation);

        var first = await Documents.UpdateAsync(read with { Json = Given.Json("""{"a":2}""") }, Cancellation);
        var second = await Documents.UpdateAsync(read with { Json = Given.Json("""{"a":3}""") }, Cancellation);

        Assert.Equal(2, first!.Version);
        Assert.Null(second);
        Assert.Equal("""{"a":2}""", Given.Text((await Documents.FindAsync(Given.Workspace, Kind, Given.Id(1), Cancellation))!.Json));
    }

    [Fact]
    public async Task UpdateAsync_TakenName_Throws()
    {
        await Documents.CreateAsync(New(1, "one"), Cancellation);
        var (two, _) = await Documents.CreateAsync(New(2, "two"), Cancellation);

        await Assert.ThrowsAsync<DocumentNameTakenException>(() => Documents.UpdateAsync(two with { Name = "one" }, Cancellation));
    }

    [Fact]
    public async Task FindAsync_ExpiredDocument_IsGoneAndMakesRoom()
    {
        await Documents.CreateAsync(New(1, "one") with { ExpiresAt = Support.Engine.Now.AddMinutes(1) }, Cancellation);
        Assert.NotNull(await Documents.FindAnywhereAsync(Kind, Given.Id(1), Cancellation));

        Engine.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await Documents.FindAsync(Given.Workspace, Kind, Given.Id(1), Cancellation));
        Assert.Null(await Documents.FindAnywhereAsync(Kind, "one", Cancellation));
        Assert.Empty(await Documents.ListAsync(new DocumentQuery { Workspace = Given.Workspace, Kind = Kind }, Cancellation));
        Assert.True((await Documents.CreateAsync(New(2, "one"), Cancellation)).Created);
    }

    [Fact]
    public async Task DeleteAsync_DocumentWithChildren_DeletesEverythingBelow()
    {
        await Documents.CreateAsync(New(1, "one"), Cancellation);
        await Documents.CreateAsync(New(2, "two") with { Kind = "commit", ParentId = Given.Id(1) }, Cancellation);
        await Documents.CreateAsync(New(3, "three") with { Kind = "tag", ParentId = Given.Id(2) }, Cancellation);

        Assert.False(await Documents.DeleteAsync(Given.Other, Kind, Given.Id(1), Cancellation));
        Assert.True(await Documents.DeleteAsync(Given.Workspace, Kind, Given.Id(1), Cancellation));

        Assert.Null(await Documents.FindAsync(Given.Workspace, "commit", Given.Id(2), Cancellation));
        Assert.Null(await Documents.FindAsync(Given.Workspace, "tag", Given.Id(3), Cancellation));
    }

    [Fact]
    public async Task ListAsync_Conditions_AreAllMet()
    {
        await Documents.CreateAsync(New(1, "Alpha"), Cancellation);
        await Documents.CreateAsync(New(2, "beta") with { ParentId = Given.Id(9), CreatedAt = Given.Start.AddDays(1) }, Cancellation);

        await AssertListedAsync(query => query, 2, 1);
        await AssertListedAsync(query => query with { Ascending = true }, 1, 2);
        await AssertListedAsync(query => query with { NameContains = "ALP" }, 1);
        await AssertListedAsync(query => query with { Names = ["beta"] }, 2);
        await AssertListedAsync(query => query with { ParentId = Given.Id(9) }, 2);
        await AssertListedAsync(query => query with { Offset = 1, Limit = 1 }, 1);
        Assert.Equal(2, await Documents.CountAsync(new DocumentQuery { Workspace = Given.Workspace, Kind = Kind, Limit = 1 }, Cancellation));
    }

    private async Task AssertListedAsync(Func<DocumentQuery, DocumentQuery> conditions, params int[] expected) =>
        Assert.Equal(
            expected.Select(Given.Id),
            (await Documents.ListAsync(conditions(new DocumentQuery { Workspace = Given.Workspace, Kind = Kind }), Cancellation)).Select(one => one.Id));

    private static Document New(int id, string name) => new()
    {
        Workspace = Given.Workspace,
        Kind = Kind,
        Id = Given.Id(id),
        Name = name,
        Json = Given.Json("""{"a":1}"""),
        CreatedAt = Given.Start,
        ModifiedAt = Given.Start,
    };
}
