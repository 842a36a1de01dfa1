const actions = document.getElementById("judge");
const name = document.querySelector('input[name="name"]');
const correct = actions.querySelector('[value="correct"]');
actions.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const wanted = actions.querySelector(`[accesskey="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  if (wanted === correct) name.select();
  else wanted.click();
});
name.form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.type !== "text") return;
  event.preventDefault();
  correct.click();
});
actions.querySelector("button").focus();
