// A dataset shown to anybody, cloned from its link, and hidden again.
import { Client } from "langsmith";
import { all } from "../../list.mjs";

export default async (client, { project }) => {
  const dataset = await client.createDataset(project, { description: "shown" });
  await client.createExamples([{ dataset_id: dataset.id, inputs: { q: 1 }, outputs: { a: 1 } }]);
  const { share_token, url } = await client.shareDataset(dataset.id);
  const anybody = new Client({ apiKey: "none" });
  const shown = await anybody.readSharedDataset(share_token);
  const examples = await anybody.listSharedExamples(share_token);
  await client.clonePublicDataset(share_token, { datasetName: `${project}-clone`, sourceApiUrl: process.env.LANGSMITH_ENDPOINT });
  const cloned = await all(client.listExamples({ datasetName: `${project}-clone` }));
  await client.unshareDataset(dataset.id);
  const after = await anybody.readSharedDataset(share_token).then(() => "there", (error) => error.name);
  return { url, shown: shown.name, examples: examples.map((each) => each.inputs), cloned: cloned.map((each) => each.inputs), after };
};
