namespace LangSmith.Server.Curation.Documents;

/// <summary>The kinds of small documents that the server keeps beside runs.</summary>
public static class DocumentKinds
{
    public const string FeedbackToken = "feedback_token";
    public const string FeedbackConfig = "feedback_config";
    public const string ApiKey = "api_key";
    public const string Workspace = "workspace";
    public const string Member = "workspace_member";
    public const string Secret = "workspace_secret";
    public const string Settings = "settings";
    public const string ModelPrice = "model_price";
    public const string ProjectView = "project_view";
    public const string Dataset = "dataset";
    public const string DatasetTag = "dataset_tag";
    public const string DatasetShare = "dataset_share";
    public const string Comparison = "comparative_experiment";
    public const string Queue = "annotation_queue";
    public const string QueueItem = "annotation_queue_item";
    public const string Prompt = "prompt";
    public const string PromptCommit = "prompt_commit";
    public const string PromptTag = "prompt_tag";
}
