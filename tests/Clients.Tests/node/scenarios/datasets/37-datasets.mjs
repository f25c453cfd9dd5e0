// A dataset's whole life: examples with files, splits, versions, tags, difference, and the end.
import { all } from "../../list.mjs";

export default async (client, { project }) => {
  const dataset = await client.createDataset(project, { description: "d", dataType: "kv", metadata: { team: "blue" } });
  const again = await client.createDataset(project).then(() => "made", (error) => error.name);
  const [first, second] = await client.createExamples([
    { dataset_id: dataset.id, inputs: { q: 1 }, outputs: { a: 1 }, split: "train", metadata: { n: 1 }, attachments: { "pic": { mimeType: "image/png", data: Uint8Array.from([1, 2, 3]) } } },
    { dataset_id: dataset.id, inputs: { q: 2 }, outputs: { a: 2 }, split: ["train", "test"] },
  ]);
  const filtered = await all(client.listExamples({ datasetId: dataset.id, filter: 'exists(metadata, "n")' }));
  const before = await client.readDatasetVersion({ datasetId: dataset.id, tag: "latest" });
  await client.updateDatasetTag({ datasetId: dataset.id, asOf: before.as_of, tag: "v1" });
  await client.updateExample({ id: second.id, dataset_id: dataset.id, inputs: { q: 22 }, outputs: { a: 2 } });
  await client.deleteExample(first.id);
  const after = await client.readDatasetVersion({ datasetId: dataset.id, tag: "latest" });
  const difference = await client.diffDatasetVersions({ datasetId: dataset.id, fromVersion: before.as_of, toVersion: after.as_of });
  const tagged = await all(client.listExamples({ datasetId: dataset.id, asOf: "v1" }));
  const now = await all(client.listExamples({ datasetId: dataset.id }));
  await client.updateDatasetSplits({ datasetId: dataset.id, splitName: "test", exampleIds: [second.id], remove: true });
  const splits = await client.listDatasetSplits({ datasetId: dataset.id });
  const updated = await client.updateDataset({ datasetId: dataset.id, description: "changed" });
  const found = await all(client.listDatasets({ datasetNameContains: project, metadata: { team: "blue" } }));
  const url = await client.getDatasetUrl({ datasetId: dataset.id });
  await client.deleteDataset({ datasetId: dataset.id });
  return {
    again, filtered: filtered.map((each) => each.inputs.q), first: first.id, second: second.id, difference, splits, updated: updated.description, found: found.map((each) => each.example_count), url,
    tagged: tagged.map((each) => each.inputs.q).sort(), now: now.map((each) => each.inputs.q), gone: await client.hasDataset({ datasetName: project }),
  };
};
