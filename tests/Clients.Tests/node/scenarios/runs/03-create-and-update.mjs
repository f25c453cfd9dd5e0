// Created in a batch and read; updated in a later batch and read again.
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const { outputs, end_time, ...created } = run(id, project, { name: "created", inputs: { exact: [1, "two", null, { three: 3.5 }] } });
  await client.createRun(created);
  await sent(client);
  const pending = await client.readRun(id);
  await client.updateRun(id, { outputs, end_time, trace_id: id, dotted_order: created.dotted_order });
  await sent(client);
  return { pending: pending.status, inputs: pending.inputs };
};
