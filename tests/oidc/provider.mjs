/* A real OpenID provider for the tests, on loopback: who signs in, and how strongly, is told by the test. */
import { createServer } from "node:http";
import Provider from "oidc-provider";

const people = JSON.parse(process.env.PEOPLE); // sub → claims
const redirect = process.env.REDIRECT; // comma-separated

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = (id) => ({ client_id: id, client_secret: `secret of ${id}`, redirect_uris: redirect.split(",") });
  const provider = new Provider(issuer, {
    clients: [client("samlop"), client("another")],
    claims: { openid: ["sub", "pid"], profile: ["name"], email: ["email", "email_verified"], acr: null, amr: null },
    conformIdTokenClaims: false, // what the person is called comes in the signed token
    acrValues: ["low", "substantial", "high"],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Interaction: 60, Session: 60, Grant: 60 },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    async loadExistingGrant(context) {
      const { client: asking, session, params } = context.oidc;
      const grant = new context.oidc.provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope(params.scope);
      await grant.save();
      return grant;
    },
  });
  const here = /^http:\/\/localhost:\d+\/logg-inn\/med\/\w+\/svar\/$/; // the live server of the browser tests
  const registered = provider.Client.prototype.redirectUriAllowed;
  provider.Client.prototype.redirectUriAllowed = function allowed(uri) {
    return here.test(uri) || registered.call(this, uri);
  };
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "GET") return response.setHeader("content-type", "text/html").end("<link rel=icon href=data:,><title>Who are you?</title>");
    let body = "";
    for await (const part of request) body += part;
    const { deny, ...login } = JSON.parse(body);
    const result = deny ? { error: "access_denied", error_description: "no" } : { login };
    return provider.interactionFinished(request, response, result);
  });
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});
