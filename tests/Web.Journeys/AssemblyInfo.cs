// One browser and one server serve all journeys; two cores run them better one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Web.Journeys.Support.Site))]
