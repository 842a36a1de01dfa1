const actions = document.getElementById("judge");
actions.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const wanted = actions.querySelector(`[accesskey="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});
actions.querySelector("button").focus();
