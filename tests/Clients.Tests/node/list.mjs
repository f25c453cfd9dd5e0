// Drains what the client lists page by page.
export const all = async (list) => {
  const items = [];
  for await (const item of list) {
    items.push(item);
  }

  return items;
};

export const ids = async (list) => (await all(list)).map((item) => item.id);

// Sends what is queued, so that the next read sees it.
export const sent = (client) => client.awaitPendingTraceBatches();

// A finished run under the given id, sent as one operation.
export const run = (id, project, more = {}) => {
  const { parent, start = Date.now(), seconds = 0.1, ...fields } = more;
  const time = new Date(start).toISOString();
  const segment = `${time.replace(/[-:.]/g, "").slice(0, -1)}000Z${id}`;
  return {
    id, name: "run", run_type: "chain", project_name: project, start_time: start, end_time: start + seconds * 1000,
    trace_id: parent?.trace_id ?? id, parent_run_id: parent?.id, dotted_order: parent ? `${parent.dotted_order}.${segment}` : segment,
    inputs: { question: "why" }, outputs: { answer: "because" }, ...fields,
  };
};
