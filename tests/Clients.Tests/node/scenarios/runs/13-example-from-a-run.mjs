// An example made of a run: its inputs, outputs and files, at once.
import { run, sent } from "../../list.mjs";

export default async (client, { id, project }) => {
  await client.createRun(run(id, project, { attachments: { "note": ["text/plain", new TextEncoder().encode("of the run")] } }));
  await sent(client);
  const dataset = await client.createDataset(project);
  const created = await client.createExample({ dataset_id: dataset.id, source_run_id: id, use_source_run_io: true, inputs: {} });
  const example = await client.readExample(created.id);
  const files = {};
  for (const [name, file] of Object.entries(example.attachments ?? {})) {
    files[name] = await (await fetch(file.presigned_url)).text();
  }

  return { inputs: example.inputs, outputs: example.outputs, source: example.source_run_id, files };
};
