namespace Web.Journeys.Support;

/// <summary>What is expected of every page.</summary>
internal static class PageChecks
{
    /// <summary>Looks at a page in both themes, wide and as on a phone; leaves pictures.</summary>
    public static async Task AssertPageAsync(this Site site, string path, string name)
    {
        foreach (var (dark, width, height) in new[] { (false, 1280, 860), (true, 1280, 860), (false, 390, 844), (true, 390, 844) })
        {
            await using var visit = await site.VisitAsync(path, dark, width, height);
            await visit.PictureAsync($"{name}-{width}-{(dark ? "dark" : "light")}");
            await visit.AssertFitsAsync();
            await visit.AssertAccessibleAsync();
        }
    }

    /// <summary>Nothing of the content became an element or a link that runs.</summary>
    public static async Task AssertHarmlessAsync(this Visit visit)
    {
        Assert.Equal(0, await visit.Page.Locator("main script, main iframe, main img, main svg[onload], main [onerror], main b b").CountAsync());
        Assert.Equal(0, await visit.Page.Locator("a[href^='javascript:' i], a[href^='data:' i], form[action^='javascript:' i]").CountAsync());
    }
}
