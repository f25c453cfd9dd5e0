// Projects: created, refused twice, upserted, read by name and id, listed, renamed, deleted.
export default async (client, { project }) => {
  const created = await client.createProject({ projectName: project, description: "first" });
  const again = await client.createProject({ projectName: project }).then(() => "created", (error) => error.name);
  const upserted = await client.createProject({ projectName: project, upsert: true });
  const byName = await client.readProject({ projectName: project });
  const byId = await client.readProject({ projectId: created.id });
  const listed = [];
  for await (const item of client.listProjects({ nameContains: project.slice(0, 12) })) {
    listed.push(item.name);
  }
  const renamed = await client.updateProject(created.id, { name: `${project}-renamed` });
  const existed = await client.hasProject({ projectName: `${project}-renamed` });
  await client.deleteProject({ projectName: `${project}-renamed` });
  return {
    again, sameId: upserted.id === created.id && byName.id === created.id && byId.id === created.id,
    description: byName.description, listed, renamed: renamed.name, existed,
    left: await client.hasProject({ projectName: `${project}-renamed` }),
  };
};
