export { default as LiveFit } from "./LiveFit.vue";
