// A run without trace id and order: a call of its own, not a batch.
export default async (client, { id }) => {
  await client.createRun({ id, name: "alone", inputs: { text: "hi" }, run_type: "llm" });
  return { alone: (await client.readRun(id)).status };
};
