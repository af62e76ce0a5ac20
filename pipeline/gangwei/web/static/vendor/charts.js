// The parts of Apache ECharts that the page draws with; README.md says how the bundle is made of them.
import { BarChart, HeatmapChart } from "echarts/charts";
import { AriaComponent, DatasetComponent, GridComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, HeatmapChart, AriaComponent, DatasetComponent, GridComponent, TooltipComponent, VisualMapComponent, CanvasRenderer]);
globalThis.echarts = { init };
