namespace LangSmith.Protocol;

/// <summary>
/// The grammar of part names in <c>POST /runs/multipart</c>: <c>post.{id}</c>, <c>patch.{id}.inputs</c>, <c>attachment.{id}.{name}</c>,
/// <c>feedback.{id}</c>.
/// </summary>
/// <param name="Kind">What the part is.</param>
/// <param name="Id">The text between the first two dots: a run id, or for feedback anything.</param>
/// <param name="Field">The field or the attachment's name, which may hold dots; null for a main part.</param>
public readonly record struct MultipartPart(MultipartPartKind Kind, string Id, string? Field)
{
    /// <summary>Reads a part name; false when it is not of the grammar.</summary>
    public static bool TryParse(string? name, out MultipartPart part)
    {
        part = default;
        var pieces = (name ?? "").Split('.', 3);
        MultipartPartKind? kind = pieces[0] switch
        {
            "post" => MultipartPartKind.Post,
            "patch" => MultipartPartKind.Patch,
            "attachment" => MultipartPartKind.Attachment,
            "feedback" => MultipartPartKind.Feedback,
            _ => null,
        };
        if (kind is null || pieces.Length < 2 || pieces[1].Length == 0 || (kind == MultipartPartKind.Attachment && pieces.Length < 3))
        {
            return false;
        }

        part = new MultipartPart(kind.Value, pieces[1], pieces.Length == 3 ? pieces[2] : null);
        return true;
    }

    /// <summary>Writes the part name.</summary>
    public override string ToString()
    {
        var kind = Kind switch
        {
            MultipartPartKind.Post => "post",
            MultipartPartKind.Patch => "patch",
            MultipartPartKind.Attachment => "attachment",
            _ => "feedback",
        };
        return Field is null ? $"{kind}.{Id}" : $"{kind}.{Id}.{Field}";
    }
}
