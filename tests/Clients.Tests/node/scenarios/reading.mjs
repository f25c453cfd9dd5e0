// A run read back with its children, and its link.
import { traceable } from "langsmith/traceable";

export default async (client, { id, project }) => {
  const common = { client, project_name: project };
  const leaf = traceable(async (n) => n + 1, { ...common, name: "leaf" });
  await traceable(async (n) => [await leaf(n), await leaf(n + 1)], { ...common, name: "parent", id })(1);
  await client.awaitPendingTraceBatches();
  const run = await client.readRun(id, { loadChildRuns: true });
  return {
    name: run.name, children: run.child_runs.map((child) => child.name), status: run.status,
    url: await client.getRunUrl({ run }),
  };
};
