// More runs than a page holds, listed whole, by ids, by error and by type.
import { RunTree, uuid7 } from "langsmith";

const ids = async (list) => {
  const found = [];
  for await (const run of list) {
    found.push(run.id);
  }
  return found;
};

export default async (client, { project, count }) => {
  const created = [];
  for (let index = 0; index < count; index++) {
    const run = new RunTree({
      name: `run ${index}`, id: uuid7(), client, project_name: project, run_type: index % 10 === 0 ? "tool" : "chain", inputs: { index },
    });
    await run.postRun();
    await run.end({ index }, index % 25 === 0 ? "boom" : undefined);
    await run.patchRun();
    created.push(run.id);
  }
  await client.awaitPendingTraceBatches();
  return {
    created,
    all: await ids(client.listRuns({ projectName: project })),
    tools: await ids(client.listRuns({ projectName: project, runType: "tool" })),
    errors: await ids(client.listRuns({ projectName: project, error: true })),
    byId: await ids(client.listRuns({ id: created.slice(0, 3) })),
    limited: await ids(client.listRuns({ projectName: project, limit: 7 })),
    roots: (await ids(client.listRuns({ projectName: project, isRoot: true }))).length,
  };
};
