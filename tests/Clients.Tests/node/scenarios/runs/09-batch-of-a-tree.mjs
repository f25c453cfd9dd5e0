// Three levels as one JSON batch.
import { uuid7 } from "langsmith";
import { run } from "../../list.mjs";

export default async (client, { id, project }) => {
  const root = run(id, project, { name: "root" });
  const middle = run(uuid7(), project, { name: "middle", parent: root });
  const leaf = run(uuid7(), project, { name: "leaf", parent: middle, run_type: "tool" });
  await client.batchIngestRuns({ runCreates: [leaf, middle, root].map((created) => ({ ...created, session_name: project })) });
  return { leaf: leaf.id, middle: middle.id };
};
