// The update travels before the create it belongs to.
import { run } from "../../list.mjs";

export default async (client, { id, project }) => {
  const { outputs, end_time, ...created } = run(id, project, { name: "late" });
  const placed = { id, trace_id: id, dotted_order: created.dotted_order };
  await client.multipartIngestRuns({ runUpdates: [{ ...placed, outputs, end_time }] });
  await client.multipartIngestRuns({ runCreates: [{ ...created, session_name: project }] });
};
