// More roots than two pages hold.
import { uuid7 } from "langsmith";
import { ids, run, sent } from "../../list.mjs";

export default async (client, { project }) => {
  const created = [];
  for (let index = 0; index < 300; index++) {
    created.push(uuid7());
    await client.createRun(run(created.at(-1), project, { start: 1_790_000_000_000 + index }));
  }

  await sent(client);
  return { newest: created.reverse().slice(0, 250), listed: await ids(client.listRuns({ projectName: project, isRoot: true, limit: 250 })) };
};
