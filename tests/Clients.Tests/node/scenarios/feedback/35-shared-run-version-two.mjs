// Sharing by the generated client.
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  await client.createRun(run(id, project, { name: "shown" }));
  await sent(client);
  const { session_id } = await client.readRun(id);
  const { share_token } = await client.runs.share.create(id, { session_id, trace_id: id });
  const queried = await client.public.runs.query(share_token, { selects: ["ID", "NAME"] });
  const read = await client.public.runs.retrieve(id, { share_token, selects: ["NAME"] });
  await client.runs.share.delete(id, { session_id });
  await client.runs.share.delete(id, { session_id });
  return { share_token, queried: queried.items, read };
};
