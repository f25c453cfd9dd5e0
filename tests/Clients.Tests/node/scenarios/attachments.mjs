// A run with two files; reads them back through the addresses that the server gives.
import { traceable } from "langsmith/traceable";

export default async (client, { id, project }) => {
  const look = traceable(async () => "seen", {
    client, project_name: project, name: "look", id,
    extractAttachments: (input) => [{ note: ["text/plain", new TextEncoder().encode("bytes of a note")], data: ["application/octet-stream", Uint8Array.from({ length: 70000 }, (_, index) => index % 251)] }, input],
  });
  await look({ question: "what is it?" });
  await client.awaitPendingTraceBatches();
  const run = await client.readRun(id);
  const files = {};
  for (const [name, file] of Object.entries(run.s3_urls)) {
    const response = await fetch(file.presigned_url);
    const bytes = new Uint8Array(await response.arrayBuffer());
    files[name] = { status: response.status, type: response.headers.get("content-type"), length: bytes.length, sum: bytes.reduce((sum, byte) => sum + byte, 0) };
  }
  return { files };
};
