// A dataset made of a CSV file; one with schemas refuses what does not fit; one in the fine-tuning format.
import { all } from "../../list.mjs";

export default async (client, { project }) => {
  const csvFile = new Blob(["question,answer,note\nwhy,because,x\n\"how, then\",so,y\n"]);
  const uploaded = await client.uploadCsv({ csvFile, fileName: "file.csv", inputKeys: ["question"], outputKeys: ["answer"], name: project, description: "csv" });
  const rows = await all(client.listExamples({ datasetId: uploaded.id }));
  const strict = await client.createDataset(`${project}-strict`, { inputsSchema: { type: "object", required: ["q"], properties: { q: { type: "string" } } } });
  const refused = await client.createExample({ dataset_id: strict.id, inputs: { other: 1 }, outputs: {} }).then(() => "taken", (error) => error.status ?? error.name);
  const chat = await client.createDataset(`${project}-chat`, { dataType: "chat" });
  await client.createChatExample([{ type: "human", data: { content: "hi" } }], { type: "ai", data: { content: "hello" } }, { datasetId: chat.id });
  const lines = await client.readDatasetOpenaiFinetuning({ datasetId: chat.id });
  return { rows: rows.map((row) => [row.inputs, row.outputs]), refused, lines };
};
