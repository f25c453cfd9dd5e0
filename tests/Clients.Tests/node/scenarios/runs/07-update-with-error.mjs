// A run that fails is found by its failure.
import { ids, run, sent } from "../../list.mjs";
import { uuid7 } from "langsmith";

export default async (client, { id, project }) => {
  const { outputs, end_time, ...created } = run(id, project);
  await client.createRun(created);
  await client.createRun(run(uuid7(), project));
  await sent(client);
  await client.updateRun(id, { error: "boom", end_time, trace_id: id, dotted_order: created.dotted_order });
  await sent(client);
  return { failed: await ids(client.listRuns({ projectName: project, error: true })) };
};
