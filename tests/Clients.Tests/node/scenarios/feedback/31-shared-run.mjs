// A trace shown to anybody by its link, until it is not.
import { Client, uuid7 } from "langsmith";
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const root = run(id, project, { name: "root" });
  const child = run(uuid7(), project, { name: "child", parent: root });
  await client.createRun(root);
  await client.createRun(child);
  await sent(client);
  const link = await client.shareRun(id);
  const found = await client.readRunSharedLink(id);
  const token = new URL(link).pathname.split("/")[2];
  const anybody = new Client({ apiKey: "none" });
  const names = (await anybody.listSharedRuns(token)).map((each) => each.name);
  const one = (await anybody.listSharedRuns(token, { runIds: [child.id] })).map((each) => each.name);
  await client.unshareRun(id);
  const after = await anybody.listSharedRuns(token).then((list) => list.length, (error) => error.name);
  return { link, found, names: names.sort(), one, unshared: (await client.readRunSharedLink(id)) ?? null, after };
};
