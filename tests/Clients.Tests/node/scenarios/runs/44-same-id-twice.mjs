// A job retried under its id: another call, a later start, the same run.
import { Client } from "langsmith";
import { traceable } from "langsmith/traceable";
import { ids, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  for (const attempt of [1, 2]) {
    const sender = new Client();
    await traceable(async () => `attempt ${attempt}`, { client: sender, project_name: project, name: "job", id })({ attempt });
    await sent(sender);
  }

  return { listed: await ids(client.listRuns({ projectName: project })) };
};
