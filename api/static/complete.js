// Completes names of speakers while somebody types; without it the field works as it is.
for (const field of document.querySelectorAll("input[data-complete]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let asked = "";
  field.addEventListener("input", async () => {
    const prefix = field.value.trim();
    if (prefix.length < 2 || prefix === asked) return;
    asked = prefix;
    const answer = await fetch(field.dataset.complete + "?limit=8&prefix=" + encodeURIComponent(prefix));
    if (!answer.ok || prefix !== asked) return;
    const { items } = await answer.json();
    const told = document.getElementById(list.id + "-told");
    told.textContent = told.dataset.told.replace("{n}", items.length);
    list.replaceChildren(...items.map(({ value }) => Object.assign(document.createElement("option"), { value })));
  });
}
