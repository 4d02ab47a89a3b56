import { createApp } from "vue";
import App from "./App.vue";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import "./style/layout.css";
import "./style/stage.css";
import "./style/charts.css";

createApp(App).mount("#app");
