import type { Theme } from "vitepress";
import { withBase } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { searchOrder } from "../../src/site/search-order.ts";
import Layout from "./Layout.vue";
import LiveCell from "./LiveCell.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  Layout,
  enhanceApp({ app, siteData }) {
    app.component("LiveCell", LiveCell);
    // Functions in the configuration would reach the page as text, which its policy lets nobody evaluate.
    const { themeConfig } = siteData.value as { themeConfig: { search: object } };
    const options = { miniSearch: { searchOptions: searchOrder(withBase("/")) } };
    siteData.value = { ...siteData.value, themeConfig: { ...themeConfig, search: { ...themeConfig.search, options } } };
  },
} satisfies Theme;
