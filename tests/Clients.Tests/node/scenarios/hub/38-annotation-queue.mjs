// Runs queued for people to look at.
import { uuid7 } from "langsmith";
import { all, run, sent } from "../../list.mjs";

export default async (client, { project }) => {
  const runs = [uuid7(), uuid7(), uuid7()];
  for (const id of runs) {
    await client.createRun(run(id, project));
  }

  await sent(client);
  const queue = await client.createAnnotationQueue({ name: project, description: "d", rubricInstructions: "look well" });
  await client.addRunsToAnnotationQueue(queue.id, runs);
  const first = await client.getRunFromAnnotationQueue(queue.id, 0);
  const size = await client.getSizeFromAnnotationQueue(queue.id);
  const listed = await all(client.listRunsFromAnnotationQueue(queue.id));
  await client.deleteRunFromAnnotationQueue(queue.id, runs[1]);
  const past = await client.getRunFromAnnotationQueue(queue.id, 2).then(() => "there", (error) => error.name);
  await client.updateAnnotationQueue(queue.id, { name: `${project}-renamed`, description: "changed" });
  const read = await client.readAnnotationQueue(queue.id);
  const found = await all(client.listAnnotationQueues({ nameContains: `${project}-ren` }));
  await client.deleteAnnotationQueue(queue.id);
  return { runs, first: first.id, size, listed: listed.map((each) => each.id), past, read, found: found.length, left: (await all(client.listAnnotationQueues({ queueIds: [queue.id] }))).length };
};
