// A run type that no server knows, in one batch with a good run.
import { uuid7 } from "langsmith";
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const bad = uuid7();
  await client.multipartIngestRuns({ runCreates: [{ ...run(bad, project, { run_type: "agent" }), session_name: project }, { ...run(id, project), session_name: project }] });
  await sent(client);
  return { bad: await client.readRun(bad).then(() => "stored", (error) => error.name) };
};
