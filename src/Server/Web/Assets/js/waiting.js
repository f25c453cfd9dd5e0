// @ts-check
// Opens the run as soon as it arrives.
const box = document.getElementById('waiting');
if (box) {
  const stream = new EventSource(`/ui/waiting/${box.dataset.run}`);
  stream.addEventListener('arrived', () => {
    stream.close();
    location.reload();
  });
  addEventListener('pagehide', () => stream.close());
}
