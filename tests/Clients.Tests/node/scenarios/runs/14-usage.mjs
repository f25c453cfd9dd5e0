// Tokens and costs as a model's wrapper gives them: details, and cents that are no binary fractions.
import { uuid7 } from "langsmith";
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  const usage_metadata = {
    input_tokens: 30, output_tokens: 20, total_tokens: 50, input_token_details: { cache_read: 10 }, output_token_details: { reasoning: 7 },
    input_cost: 0.0000015, output_cost: 0.0000031, total_cost: 0.0000046, input_cost_details: { cache_read: 0.0000001 },
  };
  const root = run(id, project);
  await client.createRun(root);
  const child = uuid7();
  await client.createRun(run(child, project, { parent: root, run_type: "llm", extra: { metadata: { usage_metadata } } }));
  await sent(client);
  return { child };
};
