// The same create again: by batch and by a call of its own.
import { ids, run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  for (let time = 0; time < 2; time++) {
    await client.createRun(run(id, project, { start: 1_790_000_000_000 }));
    await sent(client);
  }

  const { dotted_order, trace_id, ...alone } = run(id, project, { start: 1_790_000_000_000 });
  await client.createRun(alone);
  return { listed: await ids(client.listRuns({ projectName: project })) };
};
