// The sections of all kinds other than scalars. Their modules are loaded when they are first opened; what the URL may hold of
// them is named here, because it is read before.

import * as state from '../state.js';
import { strings, t } from '../i18n.js';

strings({
  en: {
    'images': 'Images', 'histograms': 'Histograms', 'texts': 'Text', 'audios': 'Audio', 'prcurves': 'PR curves', 'graphs': 'Graphs', 'embeddings': 'Embeddings', 'meshes': 'Meshes', 'other': 'Other',
  },
  zh: {
    'images': '图像', 'histograms': '直方图', 'texts': '文本', 'audios': '音频', 'prcurves': 'PR 曲线', 'graphs': '计算图', 'embeddings': '嵌入', 'meshes': '网格', 'other': '其他',
  },
});

// 'fit' or 'actual' size of pictures.
state.define('size', 'fit', ['fit', 'actual']);
// 'ridges', 'heat' or 'bands' of histograms.
state.define('distribution', 'ridges', ['ridges', 'heat', 'bands']);
state.define('threshold', 0.5, value => value >= 0 && value <= 1);
// What is chosen of graphs and embeddings: the number of a run is not the same after a restart, so its name is kept.
state.define('graph', '');
state.define('embedding', '');

export const kindSections = [
  { id: 'images', title: () => t('images'), order: 20, kinds: ['image'], load: () => import('./images.js') },
  { id: 'histograms', title: () => t('histograms'), order: 30, kinds: ['histogram'], load: () => import('./histograms.js') },
  { id: 'texts', title: () => t('texts'), order: 40, kinds: ['text'], load: () => import('./texts.js') },
  { id: 'audios', title: () => t('audios'), order: 50, kinds: ['audio'], load: () => import('./audios.js') },
  { id: 'prcurves', title: () => t('prcurves'), order: 60, kinds: ['prCurve'], load: () => import('./prcurves.js') },
  { id: 'graphs', title: () => t('graphs'), order: 70, kinds: ['graph'], load: () => import('./graphs.js') },
  { id: 'embeddings', title: () => t('embeddings'), order: 80, kinds: ['embedding'], load: () => import('./embeddings.js') },
  { id: 'meshes', title: () => t('meshes'), order: 90, kinds: ['mesh'], load: () => import('./meshes.js') },
  { id: 'other', title: () => t('other'), order: 100, kinds: ['customScalars', 'tensor', 'other'], load: () => import('./other.js') },
];
