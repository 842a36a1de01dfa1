// Reads the quote whose id is given, with a client made from the description alone, and prints what the test looks at.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

const [base, id] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl: base });
const { data, error } = await client.GET("/v1/quotes/{quote_id}", { params: { path: { quote_id: id } } });
if (error || !data) throw new Error(JSON.stringify(error));
const quote: components["schemas"]["Quote"] = data;

const article = await (await fetch(quote.links.text)).text();
const text = Array.from(article); // code points, as spans count
const said: string[] = quote.spans.map(([start, end]) => text.slice(start, end).join(""));
const speaker: string | null = quote.speaker.name;

const page = await client.GET("/v1/quotes", { params: { query: { speaker: ["marlow"], limit: 1, kind: ["direct"] } } });
const total: number | undefined = page.data?.total.value;
const refused = await client.GET("/v1/quotes/{quote_id}", { params: { path: { quote_id: "qnone" } } });
const problem: components["schemas"]["Problem"] | undefined = refused.error;
console.log(JSON.stringify({ text: quote.text, said, speaker, kind: quote.kind, total, status: problem?.status }));
