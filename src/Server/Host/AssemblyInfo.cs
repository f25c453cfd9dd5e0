using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Server.Tests")]
