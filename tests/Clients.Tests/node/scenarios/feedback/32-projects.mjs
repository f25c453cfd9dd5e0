// Everything a project carries, and its statistics.
import { all, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const created = await client.createProject({ projectName: project, description: "d", metadata: { team: "blue" } });
  await client.createRun(run(id, project));
  await sent(client);
  const read = await client.readProject({ projectName: project, includeStats: true });
  const byMetadata = await all(client.listProjects({ metadata: { team: "blue" }, nameContains: project }));
  const byOtherMetadata = await all(client.listProjects({ metadata: { team: "red" }, nameContains: project }));
  const free = await all(client.listProjects({ referenceFree: true, name: project }));
  await client.updateProject(created.id, { description: "changed", endTime: "2026-11-24T12:00:00Z" });
  const changed = await client.readProject({ projectId: created.id });
  const url = await client.getProjectUrl({ projectId: created.id });
  await client.deleteProject({ projectId: created.id });
  return {
    runs: read.run_count, metadata: read.extra?.metadata, byMetadata: byMetadata.length, byOtherMetadata: byOtherMetadata.length, free: free.length, changed, url,
    gone: await client.readProject({ projectId: created.id }).then(() => "there", (error) => error.name),
  };
};
