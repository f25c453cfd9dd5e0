// A model whose price the server knows.
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const usage_metadata = { input_tokens: 1000, output_tokens: 500, total_tokens: 1500 };
  await client.createRun(run(id, project, { run_type: "llm", extra: { metadata: { ls_provider: "openai", ls_model_name: "gpt-4o-mini", usage_metadata } } }));
  await sent(client);
};
