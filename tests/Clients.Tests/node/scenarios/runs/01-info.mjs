// What the client asks of a server before anything else.
export default async (client) => client._getServerInfo();
