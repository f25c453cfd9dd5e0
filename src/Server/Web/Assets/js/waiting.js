// @ts-check
// Opens the run as soon as it arrives.
import { follow } from './stream.js';

const box = document.getElementById('waiting');
if (box) follow(() => `/ui/waiting/${box.dataset.run}`, { arrived: () => location.reload() });
