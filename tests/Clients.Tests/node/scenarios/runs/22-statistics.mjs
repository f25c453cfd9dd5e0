// The figures of a project.
import { uuid7 } from "langsmith";
import { all, run, sent } from "../../list.mjs";

export default async (client, { project }) => {
  for (let index = 1; index <= 4; index++) {
    const extra = { metadata: { usage_metadata: { input_tokens: index, output_tokens: 1, total_tokens: index + 1 } } };
    await client.createRun(run(uuid7(), project, { run_type: "llm", seconds: index, extra, error: index === 4 ? "boom" : undefined }));
  }

  await sent(client);
  const selected = await all(client.listRuns({ projectName: project, select: ["id", "name"] }));
  return { figures: await client.getRunStats({ projectNames: [project] }), selected: selected.map((each) => Object.keys(each)) };
};
