// A prompt pushed twice, its tag moved, pulled by hash and tag, liked and deleted.
import { all } from "../../list.mjs";

const manifest = (text) => ({ lc: 1, type: "constructor", id: ["langchain", "prompts", "prompt", "PromptTemplate"], kwargs: { template: text, input_variables: ["word"], template_format: "f-string" } });

export default async (client, { id }) => {
  const name = `prompt-${id}`;
  const options = { skipCache: true };
  const url = await client.pushPrompt(name, { object: manifest("one {word}"), description: "d", tags: ["blue"], commitTags: "prod" });
  const first = await client.pullPromptCommit(`${name}:prod`, options);
  const same = await client.pushPrompt(name, { object: manifest("one {word}") }).then(() => "taken", (error) => error.name);
  await client.pushPrompt(name, { object: manifest("two {word}"), commitTags: ["prod"], parentCommitHash: "latest" });
  const second = await client.pullPromptCommit(`${name}:prod`, options);
  const byHash = await client.pullPromptCommit(`${name}:${first.commit_hash.slice(0, 8)}`, options);
  const latest = await client.pullPromptCommit(name, options);
  const liked = (await client.likePrompt(name)).likes;
  const unliked = (await client.unlikePrompt(name)).likes;
  await client.updatePrompt(name, { description: "changed", readme: "read me", tags: ["blue", "green"] });
  const prompt = await client.getPrompt(name);
  const commits = await all(client.listCommits(name));
  const listed = [];
  for await (const each of client.listPrompts({ query: name })) {
    listed.push(each.repo_handle);
  }

  await client.deletePrompt(name);
  return {
    name, url, same, first, second: second.manifest.kwargs.template, byHash: byHash.manifest.kwargs.template, latest: latest.commit_hash === second.commit_hash, liked, unliked, prompt,
    commits: commits.map((commit) => commit.commit_hash), listed, exists: await client.promptExists(name),
  };
};
