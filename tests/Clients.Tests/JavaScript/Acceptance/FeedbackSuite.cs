using Clients.Tests.Support;

namespace Clients.Tests.JavaScript.Acceptance;

public sealed class FeedbackSuite() : PlayedSuite("feedback");
